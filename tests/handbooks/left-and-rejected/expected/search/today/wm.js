handbook.part("manner matters mayor")
