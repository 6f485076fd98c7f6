part("manner matters mayor")
