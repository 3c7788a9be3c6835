"""Step tables as offices have them: Word and Excel files, several procedures in one."""
