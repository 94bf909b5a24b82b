@echo off
chcp 65001 >nul
cd /d "%~dp0"
if exist env\Scripts\govlint.exe goto start
py -3 -m venv env || goto failed
env\Scripts\python -m pip install --quiet "..[web,pdf]" || goto failed
:start
env\Scripts\govlint serve --open
goto :eof
:failed
echo 安装没有成功，请看上面的提示。
pause
