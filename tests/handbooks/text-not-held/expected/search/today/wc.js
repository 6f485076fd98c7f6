part("council")
