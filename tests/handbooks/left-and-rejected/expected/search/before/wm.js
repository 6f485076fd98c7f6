part("matters mayor")
