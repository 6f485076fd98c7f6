handbook.part([["The press","","","../topics/press/index.html",[["","","Who speaks for the council. Who speaks to the press?"]],[],1,""]])
