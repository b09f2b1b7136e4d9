"""The pages and the same as JSON over HTTP, and the decisions that come back: `onrecord serve`."""
