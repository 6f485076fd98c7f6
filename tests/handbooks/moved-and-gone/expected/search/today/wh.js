part("holders")
