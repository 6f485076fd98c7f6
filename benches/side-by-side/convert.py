"""`convert.py CONTENT HUGO BOOK PAGES`: the same clauses for Hugo and mdBook.

PAGES is the folder for an mdBook with a chapter a clause, or `-` for none.

A process of its own, since the peak memory of a program that is measured begins with that of
the one which starts it.
"""

import sys
from pathlib import Path

import book
import clauses
import hugo_site


def main() -> None:
    content, hugo, chapters, pages = (Path(it) for it in sys.argv[1:])
    handbook = clauses.read(content)
    hugo_site.write(handbook, hugo)
    book.write(handbook, chapters, clause_pages=False)
    if str(pages) != "-":
        book.write(handbook, pages, clause_pages=True)


if __name__ == "__main__":
    main()
