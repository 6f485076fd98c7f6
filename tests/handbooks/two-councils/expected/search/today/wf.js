handbook.part("five follows")
