"""The site of these pages: sphinx-build -n -W --keep-going docs site"""

project = "quizapp"
extensions = ["myst_parser"]
exclude_patterns = ["issue-*"]  # notes of how things were found out
html_theme = "furo"
html_title = "quizapp"
html_copy_source = html_show_copyright = False
myst_heading_anchors = 3  # links to a heading, as a forge makes them
