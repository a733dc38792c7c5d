/*
 * The customer's side of GMS Chat API Version 2 over REST: one chat at a time, refreshed each second. Written in the plain
 * script that every browser of the last decade runs.
 *
 * listener.event(event)      something happened in the chat; each index once, in order
 * listener.online(isOnline)  whether the server could be reached
 * listener.ended(isLost)     the chat is over; lost when the server no longer knows it
 */
window.GmsClient = function (serviceUrl, storage, listener) {
  'use strict';

  const STORAGE_KEY = 'larkfield.chat';
  const POLL_MS = 1000;
  const MAX_BACKOFF_MS = 8000;

  let session = null;
  let nextPosition = 0;
  let seen = {};
  let failures = 0;
  let timer = null;

  function post(path, fields) {
    const body = new URLSearchParams();
    Object.keys(fields).forEach(function (name) {
      body.append(name, fields[name]);
    });
    return fetch(serviceUrl + path, {
      method: 'POST',
      headers: {'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8'},
      body: body.toString()
    }).then(function (response) {
      if (!response.ok) {
        throw new Error('HTTP status ' + response.status);
      }
      return response.json();
    });
  }

  function inSession(operation, fields) {
    if (session === null) {
      return Promise.reject(new Error('There is no chat to do this in.'));
    }
    const asked = session;
    const all = Object.assign({
      userId: session.userId,
      secureKey: session.secureKey,
      alias: session.alias,
      transcriptPosition: nextPosition
    }, fields);
    return post('/' + encodeURIComponent(session.chatId) + '/' + operation, all).then(function (reply) {
      if (session === asked) {
        accept(reply);
      }
      return reply;
    });
  }

  /* Fields other than chatEnded and errors are only valid with status code 0. */
  function accept(reply) {
    if (reply.statusCode === 1) {
      throw new Error(advice(reply));
    }
    if (reply.statusCode !== 0) {
      finish(true);
      return;
    }
    session.alias = reply.alias || session.alias;
    (reply.messages || []).forEach(function (event) {
      if (event.index === undefined || !seen[event.index]) {
        seen[event.index] = true;
        listener.event(event);
      }
    });
    nextPosition = Math.max(nextPosition, reply.nextPosition || 0);
    storage.setItem(STORAGE_KEY, JSON.stringify(session));
    if (reply.chatEnded) {
      finish(false);
    }
  }

  function advice(reply) {
    return reply.errors && reply.errors.length > 0 ? reply.errors[0].advice : 'The server asked to try again.';
  }

  function finish(isLost) {
    clearTimeout(timer);
    storage.removeItem(STORAGE_KEY);
    session = null;
    listener.ended(isLost);
  }

  function pollAfter(delay) {
    clearTimeout(timer);
    timer = setTimeout(poll, delay);
  }

  function poll() {
    const asked = session;
    inSession('refresh', {}).then(function () {
      failures = 0;
      listener.online(true);
      if (session !== null && session === asked) {
        pollAfter(POLL_MS);
      }
    }, function () {
      if (session !== null && session === asked) {
        failures += 1;
        listener.online(false);
        pollAfter(Math.min(POLL_MS * Math.pow(2, failures - 1), MAX_BACKOFF_MS));
      }
    });
  }

  function begin(newSession) {
    session = newSession;
    nextPosition = 0;
    seen = {};
    failures = 0;
  }

  return {
    /* Requests a chat; the promise fails with a message fit for the customer's eyes. */
    start: function (nickname, text) {
      return post('', {nickname: nickname, text: text, 'userData[TimeZone]': -new Date().getTimezoneOffset()})
        .then(function (reply) {
          if (reply.statusCode !== 0) {
            throw new Error(advice(reply));
          }
          begin({chatId: reply.chatId, userId: reply.userId, secureKey: reply.secureKey, alias: reply.alias});
          accept(reply);
          pollAfter(POLL_MS);
        });
    },

    /* Takes up the chat of before a reload and reads all of it again; false when there is none. */
    resume: function () {
      const stored = storage.getItem(STORAGE_KEY);
      if (!stored) {
        return false;
      }
      begin(JSON.parse(stored));
      poll();
      return true;
    },

    send: function (text) {
      return inSession('send', {message: text, messageType: 'text'});
    },

    /* Nobody needs to hear that it failed. */
    typing: function (isTyping) {
      inSession(isTyping ? 'startTyping' : 'stopTyping', {}).catch(function () {});
    },

    end: function () {
      return inSession('disconnect', {});
    }
  };
};
