"""The command line, one module a command, all of it in French.

click takes its words from gettext's default domain: the catalogue of ``app/locale`` is bound to it
here, before any command is made.
"""

import gettext
import os
from pathlib import Path

os.environ["LANGUAGE"] = "fr"
gettext.bindtextdomain("messages", Path(__file__).parents[1] / "locale")
