"""The mandated templates as Lark grammars, and their identities."""
