handbook.part("holders")
