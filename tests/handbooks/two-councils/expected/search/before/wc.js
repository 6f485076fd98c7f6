handbook.part("councillor")
