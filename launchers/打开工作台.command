#!/bin/sh
# 双击打开工作台（macOS、Linux）。第一次会在本文件旁建立运行环境，需要联网；以后直接打开。
cd "$(dirname "$0")" || exit 1
if [ ! -x env/bin/govlint ]; then
  python3 -m venv env && env/bin/pip install --quiet '..[web,pdf]' || { echo "安装没有成功，请看上面的提示。"; exit 1; }
fi
exec env/bin/govlint serve --open
