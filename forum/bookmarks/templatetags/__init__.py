"""Tags by which the pages of the debates draw what their reader keeps."""
