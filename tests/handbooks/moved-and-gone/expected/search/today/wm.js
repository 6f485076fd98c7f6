part("manner")
