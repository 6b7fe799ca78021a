'use strict';
(pm => {
  pm.timeline = { create() {} };
})(panjmap);
