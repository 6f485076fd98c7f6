handbook.part([["Clause 5","The press","text put to the Council on 4 March 2025","../authorities/ashby/protocol/2025-proposed/#clause-5",[["","","Notes are kept for ten years."]],[],0,"The press"]])
