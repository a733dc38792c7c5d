/* The chat on the page: shows what GmsClient tells, and hands it what the customer does. Texts only ever become text nodes. */
(function () {
  'use strict';

  const SERVICE_URL = '/genesys/2/chat/customer-support';
  const TYPING_PAUSE_MS = 3000;
  const WIDE_PX = 1180;

  function byId(id) {
    return document.getElementById(id);
  }

  const panel = byId('chat');
  const launcher = byId('chat-launcher');
  const startForm = byId('chat-start');
  const room = byId('chat-room');
  const log = byId('chat-log');
  const composer = byId('chat-composer');
  const message = byId('message');
  const sendButton = byId('send-button');

  let chatNumber = 0;
  let nicknames = {};
  let typingTimer = null;
  let lastSpeaker = null;

  const client = new GmsClient(SERVICE_URL, window.sessionStorage, {
    event: showEvent,
    online: function (isOnline) {
      showTrouble(isOnline ? '' : 'We are having trouble reaching our server. Hold on, we keep trying…');
    },
    ended: showEnd
  });

  function show(element, isShown) {
    element.hidden = !isShown;
  }

  function openPanel(isOpen) {
    show(panel, isOpen);
    show(launcher, !isOpen);
    launcher.setAttribute('aria-expanded', String(isOpen));
  }

  function showRoom() {
    chatNumber += 1;
    nicknames = {};
    lastSpeaker = null;
    log.textContent = '';
    show(startForm, false);
    show(room, true);
    show(composer, true);
    show(byId('chat-over'), false);
    show(byId('chat-end'), true);
    sendButton.disabled = false;
    showTrouble('');
    setStatus('Connecting you to somebody…');
  }

  function showStart() {
    show(room, false);
    show(startForm, true);
    show(byId('chat-end'), false);
    setStatus('We answer within a minute');
  }

  function showEnd(isLost) {
    showTyping('');
    showTrouble('');
    show(byId('chat-end'), false);
    setStatus('Chat ended');
    followLog(function () {
      show(composer, false);
      show(byId('chat-over'), true);
      byId('chat-over-text').textContent = isLost
        ? 'We are sorry: a fault on our side cut this chat off. Nothing you did. Please start again, we are here.'
        : 'This chat has ended. Thank you for dropping by!';
    });
    byId('start-again').focus();
  }

  function setStatus(text) {
    byId('chat-status').textContent = text;
  }

  function showTrouble(text) {
    byId('chat-trouble').textContent = text;
    show(byId('chat-trouble'), text !== '');
  }

  function showTyping(nickname) {
    byId('chat-typing-who').textContent = nickname ? nickname + ' is typing' : '';
    show(byId('chat-typing'), nickname !== '');
  }

  function showEvent(event) {
    const from = event.from;
    const isMine = from.type === 'Client';
    if (isMine) {
      // After a reload the form is empty; whoever starts again need not type the name again.
      byId('customer-name').value = from.nickname;
    }
    if (event.type === 'Message') {
      showMessage(event, isMine);
    } else if (event.type === 'PushUrl') {
      showMessage(event, isMine, true);
    } else if (event.type === 'TypingStarted' && !isMine) {
      showTyping(from.nickname);
    } else if (event.type === 'TypingStopped' && !isMine) {
      showTyping('');
    } else if (event.type === 'ParticipantJoined' && !isMine) {
      setStatus(from.nickname + ' is here');
      showLine(from.nickname + ' joined the chat');
    } else if (event.type === 'ParticipantLeft') {
      showLine(isMine ? 'You left the chat' : from.nickname + ' left the chat');
    } else if (event.type === 'NicknameUpdated' && nicknames[from.participantId]) {
      showLine(nicknames[from.participantId] + ' is now called ' + from.nickname);
    } else if (event.type === 'FileUploaded') {
      showLine((isMine ? 'You' : from.nickname) + ' shared a file');
    } else if (event.type === 'FileDeleted') {
      showLine((isMine ? 'You' : from.nickname) + ' removed a file');
    }
    nicknames[from.participantId] = from.nickname;
  }

  function showLine(text) {
    lastSpeaker = null;
    const line = document.createElement('p');
    line.className = 'system-line';
    line.textContent = text;
    append(line);
  }

  function showMessage(event, isMine, isLink) {
    const bubble = document.createElement('div');
    bubble.className = 'bubble ' + (isMine ? 'mine' : 'theirs');
    if (lastSpeaker !== event.from.participantId) {
      bubble.className += ' first';
      const who = document.createElement('p');
      who.className = isMine ? 'visually-hidden' : 'who';
      who.textContent = isMine ? 'You' : event.from.nickname;
      bubble.appendChild(who);
    }
    const text = document.createElement(isLink && /^https?:/i.test(event.text) ? 'a' : 'p');
    text.className = 'text';
    text.textContent = event.text || '';
    if (text.tagName === 'A') {
      text.href = event.text;
      text.target = '_blank';
      text.rel = 'noopener noreferrer';
    }
    bubble.appendChild(text);
    const when = new Date(event.utcTime);
    const time = document.createElement('time');
    time.dateTime = when.toISOString();
    time.textContent = when.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'});
    bubble.appendChild(time);
    if (!isMine) {
      showTyping('');
    }
    lastSpeaker = event.from.participantId;
    append(bubble);
  }

  function append(element) {
    followLog(function () {
      log.appendChild(element);
    });
  }

  /* Keeps the end of the conversation in sight while its content or its height changes, unless the customer has scrolled up to read. */
  function followLog(change) {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    change();
    if (isAtEnd) {
      log.scrollTop = log.scrollHeight;
    }
  }

  function stopTyping() {
    if (typingTimer !== null) {
      clearTimeout(typingTimer);
      typingTimer = null;
      client.typing(false);
    }
  }

  function fitComposer() {
    followLog(function () {
      message.style.height = 'auto';
      message.style.height = Math.min(message.scrollHeight, 120) + 'px';
    });
  }

  startForm.addEventListener('submit', function (submit) {
    submit.preventDefault();
    const nickname = byId('customer-name').value.trim();
    const error = byId('start-error');
    if (nickname === '') {
      error.textContent = 'Please tell us your name.';
      show(error, true);
      byId('customer-name').focus();
      return;
    }
    show(error, false);
    byId('start-button').disabled = true;
    showRoom();
    // What was left unsent belongs to the chat before.
    message.value = '';
    fitComposer();
    client.start(nickname, byId('first-message').value.trim()).then(function () {
      byId('start-button').disabled = false;
      byId('first-message').value = '';
      message.focus();
    }, function () {
      byId('start-button').disabled = false;
      showStart();
      error.textContent = 'We cannot open a chat right now. Please try again in a moment.';
      show(error, true);
    });
  });

  composer.addEventListener('submit', function (submit) {
    submit.preventDefault();
    const text = message.value.trim();
    if (text === '' || sendButton.disabled) {
      return;
    }
    stopTyping();
    sendButton.disabled = true;
    message.value = '';
    fitComposer();
    const sentIn = chatNumber;
    client.send(text).then(function () {
      return true;
    }, function () {
      return false;
    }).then(function (isSent) {
      if (sentIn !== chatNumber) {
        return;
      }
      sendButton.disabled = false;
      if (!isSent) {
        message.value = message.value === '' ? text : text + '\n' + message.value;
        fitComposer();
      }
      showTrouble(isSent ? '' : 'Your message was not sent. Please send it again in a moment.');
      message.focus();
    });
  });

  message.addEventListener('keydown', function (key) {
    if (key.key === 'Enter' && !key.shiftKey && !key.isComposing) {
      key.preventDefault();
      sendButton.click();
    }
  });

  message.addEventListener('input', function () {
    fitComposer();
    if (typingTimer === null) {
      client.typing(true);
    }
    clearTimeout(typingTimer);
    typingTimer = setTimeout(stopTyping, TYPING_PAUSE_MS);
  });

  byId('chat-end').addEventListener('click', function () {
    stopTyping();
    client.end().catch(function () {
      showTrouble('The chat could not be ended. Please try again in a moment.');
    });
  });

  byId('start-again').addEventListener('click', function () {
    showStart();
    byId('first-message').focus();
  });

  function invite() {
    openPanel(true);
    (room.hidden ? byId('customer-name') : message).focus();
  }

  launcher.addEventListener('click', invite);
  byId('chat-invite').addEventListener('click', invite);
  byId('chat-minimise').addEventListener('click', function () {
    openPanel(false);
    launcher.focus();
  });
  panel.addEventListener('keydown', function (key) {
    if (key.key === 'Escape') {
      byId('chat-minimise').click();
    }
  });

  showRoom();
  const isResumed = client.resume();
  if (!isResumed) {
    showStart();
  }
  // Open from the start where it covers nothing of the page.
  openPanel(isResumed || window.innerWidth >= WIDE_PX);
})();
