"""Commands that write into people's files at their request, or give out what only the program may."""
