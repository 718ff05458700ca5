//! What is asked of a column of tags, and how an event's line is read.

/// What a column of tags says.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// Events.
    pub events: usize,
    /// Events with the same tag as the event before them.
    pub repeats: usize,
    /// The ten most frequent tags, most frequent first, those equally frequent in order.
    pub top: Vec<(String, u32)>,
}

/// The tags of a text of lines `user,tag`, in order. A line without a comma is no event.
pub fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter_map(|line| line.split_once(',')).map(|(_, tag)| tag)
}

/// Neighbours that are equal.
pub fn repeats<T: PartialEq>(column: &[T]) -> usize {
    column.windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// The ten most frequent.
pub fn top<'a>(counts: impl Iterator<Item = (&'a str, u32)>) -> Vec<(String, u32)> {
    let mut top: Vec<(&str, u32)> = Vec::with_capacity(11);
    for (tag, count) in counts {
        let before = |&(other, more): &(&str, u32)| more > count || more == count && other < tag;
        if top.len() < 10 || !top.last().is_some_and(before) {
            top.insert(top.partition_point(before), (tag, count));
            top.truncate(10);
        }
    }
    top.into_iter().map(|(tag, count)| (tag.to_owned(), count)).collect()
}
