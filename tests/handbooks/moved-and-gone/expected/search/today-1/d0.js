handbook.part([["The press","","","../topics/press/",[["","","Who speaks for the council. Who speaks to the press?"]],[],1,""]])
