"""`python -m massharm`."""

from massharm.cli import main

main()
