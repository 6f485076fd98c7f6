handbook.part([[0,2]])
