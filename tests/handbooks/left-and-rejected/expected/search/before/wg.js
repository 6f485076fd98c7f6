part("gifts")
