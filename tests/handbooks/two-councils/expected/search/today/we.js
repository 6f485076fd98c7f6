part("elected")
