part("councillor")
