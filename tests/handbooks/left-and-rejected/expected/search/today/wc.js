handbook.part("ceremonies council")
