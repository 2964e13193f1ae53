"""Tags by which the pages of the debates draw what is new and what is followed."""
