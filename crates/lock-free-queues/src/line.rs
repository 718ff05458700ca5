//! Something that has its cache lines for itself.

/// Begins on a line of its own and fills it. Two lines, since some processors fetch them in pairs;
/// what that costs and when it matters is the chapter on false sharing.
#[derive(Default)]
#[repr(align(128))]
pub(crate) struct Line<T>(pub(crate) T);
