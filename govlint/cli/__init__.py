"""Arguments in, exit status out: commands, options, help; everything else is asked of :mod:`govlint.api`."""
