part("ceremonies council")
