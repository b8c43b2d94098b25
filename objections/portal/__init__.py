"""What the objector's side does and sees, from the draft of an objection to the final judgment."""
