"""Facts that other tools leave in a BPMN file: BPSim, Camunda and Zeebe, ADONIS, QBP.

One file a dialect; each makes claims, :mod:`~tthc_flow.bpmn.dialects.hearing` decides between
them. What is not understood stays in the file and is a finding.
"""
