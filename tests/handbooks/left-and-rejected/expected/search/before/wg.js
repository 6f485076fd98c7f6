handbook.part("gifts")
