handbook.part("council")
