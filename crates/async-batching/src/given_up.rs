//! Callers of a task that gathers, some of whom give up.

use std::pin::pin;

use futures_util::future::poll_immediate;
use tokio::sync::mpsc;
use tokio::task::yield_now;

use crate::backend::Backend;
use crate::coalesced::Coalesced;
use crate::mock::{Fate, Mock, paused};
use crate::{coalesced, yielding};

/// Who has been told that a key is asked for may go: the key is asked for all the same, once.
#[test]
fn a_key_that_was_accepted_is_asked_for() {
    async fn accepted<F: Future<Output = ()> + Send + 'static>(
        gather: impl FnOnce(Mock, mpsc::UnboundedReceiver<coalesced::Call>) -> F,
    ) {
        let mock = Mock::new(|_| Fate::Answers(1));
        let (calls, queue) = mpsc::unbounded_channel();
        let gather = tokio::spawn(gather(mock.clone(), queue));
        let backend = Coalesced { calls, backend: mock.clone() };
        for key in 0..300 {
            if key == 100 {
                yield_now().await; // some are on their way when the rest comes
            }
            assert_eq!(poll_immediate(pin!(backend.get(key))).await, None);
        }
        drop(backend);
        gather.await.unwrap();
        yield_now().await;
        assert_eq!(mock.requests().concat(), (0..300).collect::<Vec<_>>());
    }
    paused().block_on(accepted(coalesced::gather));
    paused().block_on(accepted(yielding::gather));
}

/// Who has several keys in hand needs nobody to gather them.
#[test]
fn keys_that_come_together_are_one_request() {
    paused().block_on(async {
        let mock = Mock::new(|key| if key == 5 { Fate::Fails } else { Fate::Answers(1) });
        let (calls, _queue) = mpsc::unbounded_channel();
        let backend = Coalesced { calls, backend: mock.clone() };
        let values = backend.get_many(vec![7, 5, 9]).await;
        assert_eq!(values, [7, 5, 9].map(|key| mock.value(key)));
        assert_eq!(mock.requests(), [[7, 5, 9]]);
    });
}

#[test]
fn who_gives_up_takes_nobody_with_him() {
    paused().block_on(async {
        let mock = Mock::new(|_| Fate::Answers(1));
        let (calls, queue) = mpsc::unbounded_channel();
        tokio::spawn(yielding::gather(mock.clone(), queue));
        let backend = Coalesced { calls, backend: mock.clone() };
        let call = |key| {
            let backend = backend.clone();
            tokio::spawn(async move { backend.get(key).await })
        };
        let calls: Vec<_> = (0..100).map(call).collect();
        yield_now().await;
        yield_now().await;
        calls.iter().skip(1).step_by(2).for_each(tokio::task::JoinHandle::abort);
        for (key, call) in calls.into_iter().enumerate().step_by(2) {
            assert_eq!(call.await.unwrap(), mock.value(key as u64));
        }
    });
}
