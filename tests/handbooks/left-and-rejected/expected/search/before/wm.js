handbook.part("matters mayor")
