"""The web desk: a local server whose pages check, correct and annotate reports. Needs the extra ``web``.

In come HTTP requests, out go pages made of :mod:`govlint.outputs.page`, without scripts. What checks (:mod:`work`)
runs in processes of its own with a time limit and knows nothing of HTTP; drafts are held in memory (:mod:`drawer`),
for a while and up to a size, and nowhere else.
"""
