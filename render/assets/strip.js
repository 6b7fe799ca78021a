'use strict';
(pm => {
  pm.strip = { create() {} };
})(panjmap);
