"""What is written down from the ledger: statements of experts, the year, DAC7, the accounting export, daily figures."""
