handbook.part("manner")
