"""The desk inside a browser: a folder of static files that checks a draft with nothing leaving the page.

:mod:`.site` writes the folder, out of Pyodide (:mod:`.runtime`), govlint itself and the packages that a check needs
(:mod:`.packing`). There ``page.js`` shows and asks, ``worker.js`` runs Python beside it, and :mod:`.inside` answers.
"""
