"""`python -m quizapp`: the command line, where the script is not on the path."""

import sys

from quizapp.cli import main

sys.exit(main())
