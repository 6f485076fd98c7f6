handbook.part([[0,1],[],[]])
