"""The page of a result: HTML that front ends put into theirs, and the stylesheet that goes with it.

In come results; out come pieces of markup without scripts, inline styles or requests. What a document says is text in
them, never markup. How results were made, and what holds the pieces (a file, a server's answer), it does not know.
"""
