handbook.part("elected")
