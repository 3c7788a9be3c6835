"""The same job over many procedures, on one machine or on a cluster; tables to be asked."""
